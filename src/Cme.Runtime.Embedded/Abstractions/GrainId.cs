using System.Diagnostics.CodeAnalysis;
using Cme.Runtime.Embedded.Reminders;

namespace Orleans.Runtime;

/// <summary>The key of a grain within its type.</summary>
public readonly struct IdSpan : IEquatable<IdSpan>
{
    private readonly string? _value;

    private IdSpan(string value) => _value = value;

    /// <summary>True for the value that nobody set.</summary>
    public bool IsDefault => string.IsNullOrEmpty(_value);

    /// <summary>A key from its text.</summary>
    public static IdSpan Create(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return new IdSpan(id);
    }

    /// <inheritdoc/>
    public bool Equals(IdSpan obj) => string.Equals(_value, obj._value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IdSpan other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value?.GetHashCode(StringComparison.Ordinal) ?? 0;

    /// <summary>The key's text.</summary>
    public override string ToString() => _value ?? "";

    /// <summary>True if both are the same text.</summary>
    public static bool operator ==(IdSpan left, IdSpan right) => left.Equals(right);

    /// <summary>True if the texts differ.</summary>
    public static bool operator !=(IdSpan left, IdSpan right) => !left.Equals(right);
}

/// <summary>The stable name of a grain class: the name in <see cref="GrainTypeAttribute"/>, else the class name in lower case without "Grain".</summary>
public readonly struct GrainType : IEquatable<GrainType>
{
    private readonly string? _value;

    private GrainType(string value) => _value = value;

    /// <summary>True for the value that nobody set.</summary>
    public bool IsDefault => string.IsNullOrEmpty(_value);

    /// <summary>A grain type from its name.</summary>
    public static GrainType Create(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        return new GrainType(value);
    }

    /// <inheritdoc/>
    public bool Equals(GrainType obj) => string.Equals(_value, obj._value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is GrainType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value?.GetHashCode(StringComparison.Ordinal) ?? 0;

    /// <summary>The name.</summary>
    public override string ToString() => _value ?? "";

    /// <summary>True if both are the same name.</summary>
    public static bool operator ==(GrainType left, GrainType right) => left.Equals(right);

    /// <summary>True if the names differ.</summary>
    public static bool operator !=(GrainType left, GrainType right) => !left.Equals(right);
}

/// <summary>The identity of a grain: its type and its key. Written "type/key", also in the reminder table.</summary>
public readonly struct GrainId : IEquatable<GrainId>
{
    /// <summary>An identity from its parts.</summary>
    public GrainId(GrainType type, IdSpan key) => (Type, Key) = (type, key);

    /// <summary>The stable name of the grain class.</summary>
    public GrainType Type { get; }

    /// <summary>The key within the type.</summary>
    public IdSpan Key { get; }

    /// <summary>True for the value that nobody set.</summary>
    public bool IsDefault => Type.IsDefault && Key.IsDefault;

    /// <summary>An identity from the texts of its parts.</summary>
    public static GrainId Create(string type, string key) => Create(GrainType.Create(type), key);

    /// <summary>An identity from a type and the text of a key.</summary>
    public static GrainId Create(GrainType type, string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return new GrainId(type, IdSpan.Create(key));
    }

    /// <summary>Reads "type/key".</summary>
    /// <exception cref="ArgumentException">There is no "/".</exception>
    public static GrainId Parse(string value) => TryParse(value, out var id)
        ? id
        : throw new ArgumentException($"Unable to parse \"{value}\" as a grain id", nameof(value));

    /// <summary>Reads "type/key"; false if there is no "/".</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, out GrainId result)
    {
        var slash = value?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        result = slash > 0 ? new GrainId(GrainType.Create(value![..slash]), IdSpan.Create(value[(slash + 1)..])) : default;
        return slash > 0;
    }

    /// <inheritdoc/>
    public bool Equals(GrainId other) => Key.Equals(other.Key) && Type.Equals(other.Type);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is GrainId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Type, Key);

    /// <summary>The hash that Orleans gives this identity on every machine: clusters divide reminders among their silos by it.</summary>
    public uint GetUniformHashCode() => unchecked((UniformHash.Of(Type.ToString()) * 31) + UniformHash.Of(Key.ToString()));

    /// <summary>"type/key".</summary>
    public override string ToString() => $"{Type}/{Key}";

    /// <summary>True if type and key are the same.</summary>
    public static bool operator ==(GrainId left, GrainId right) => left.Equals(right);

    /// <summary>True if type or key differ.</summary>
    public static bool operator !=(GrainId left, GrainId right) => !left.Equals(right);
}
