using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using Cme.Contracts;
using Cme.Contracts.Children;
using Cme.Grains.Children;
using Orleans;
using Orleans.Runtime;

namespace Cme.Grains.Specs.Language;

/// <summary>
/// What both runtimes need of the published language, and what only one of them would notice: how a record crosses between
/// machines, and which row a grain's state is (ORLEANS, traps 1 and 6).
/// </summary>
public abstract class WireTypesSpec
{
    /// <summary>What a method says of itself, and what the caller of a lost one is told, cross nowhere.</summary>
    private static readonly Type[] Declared =
        [.. typeof(IChildGrain).Assembly.GetExportedTypes().Where(type => type.Namespace!.StartsWith("Cme.Contracts", StringComparison.Ordinal)
            && !typeof(Attribute).IsAssignableFrom(type) && !typeof(Exception).IsAssignableFrom(type))];

    private static readonly Type[] Contracts = [.. Declared.Where(type => type.IsInterface && typeof(IGrain).IsAssignableFrom(type))];

    private static readonly Type[] Grains =
        [.. typeof(ChildState).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && typeof(Grain).IsAssignableFrom(type))];

    private static readonly Type[] Wire = [.. Declared.Where(type => !type.IsInterface && !(type.IsAbstract && type.IsSealed))];

    public static TheoryData<Type> WireTypes => [.. Wire];

    [Theory]
    [MemberData(nameof(WireTypes))]
    public void A_wire_type_has_a_serializer_an_alias_of_ours_and_is_immutable(Type type)
    {
        type.GetCustomAttribute<GenerateSerializerAttribute>().ShouldNotBeNull();
        type.GetCustomAttribute<AliasAttribute>().ShouldNotBeNull().Alias.ShouldStartWith("cme.");
        type.GetCustomAttribute<ImmutableAttribute>().ShouldNotBeNull();
    }

    [Theory]
    [MemberData(nameof(WireTypes))]
    public void Every_property_that_a_wire_type_stores_has_an_id_of_its_own(Type type)
    {
        var stored = Stored(type).ToArray();
        stored.Where(property => property.GetCustomAttribute<IdAttribute>() is null).Select(property => property.Name).ShouldBeEmpty();
        stored.Select(property => property.GetCustomAttribute<IdAttribute>()!.Id).ShouldBeUnique();
    }

    [Theory]
    [MemberData(nameof(WireTypes))]
    public void A_wire_type_begins_with_nothing_null_that_may_not_be(Type type)
    {
        var blank = Activator.CreateInstance(type).ShouldNotBeNull();
        var nullability = new NullabilityInfoContext();
        Stored(type).Where(property => IsMissing(property.GetValue(blank)) && nullability.Create(property).ReadState != NullabilityState.Nullable)
            .Select(property => property.Name).ShouldBeEmpty();
    }

    [Fact]
    public void Everything_that_a_grain_takes_or_answers_is_a_wire_type_or_one_of_the_framework_s_values() =>
        Contracts.SelectMany(contract => contract.GetMethods())
            .SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType))
            .SelectMany(Parts).Concat(Wire.SelectMany(Stored).SelectMany(property => Parts(property.PropertyType)))
            .Where(type => !Declared.Contains(type) && !type.IsPrimitive && !IsValueOfTheFramework(type))
            .Distinct().ShouldBeEmpty();

    [Fact]
    public void Aliases_are_given_once()
    {
        Declared.Select(type => type.GetCustomAttribute<AliasAttribute>()?.Alias).OfType<string>().ShouldBeUnique();
        foreach (var contract in Contracts)
        {
            contract.GetCustomAttribute<AliasAttribute>().ShouldNotBeNull($"{contract.Name} has no alias.");
            contract.GetMethods().Select(method => method.GetCustomAttribute<AliasAttribute>()?.Alias).ShouldBeUnique();
            contract.GetMethods().ShouldAllBe(method => method.GetCustomAttribute<AliasAttribute>() != null);
        }
    }

    [Fact]
    public void Every_grain_class_has_a_state_name_of_its_own()
    {
        var names = Grains.SelectMany(grain => grain.GetConstructors().Single().GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<PersistentStateAttribute>()?.StateName).OfType<string>().ToArray();
        names.ShouldNotBeEmpty();
        names.ShouldBeUnique();
        Grains.ShouldAllBe(grain => grain.BaseType == typeof(Grain));
    }

    [Fact]
    public void Every_key_begins_with_a_word_that_is_no_hexadecimal_number()
    {
        var makers = typeof(Keys).GetMethods(BindingFlags.Public | BindingFlags.Static);
        makers.ShouldNotBeEmpty();
        foreach (var make in makers)
        {
            var key = (string)make.Invoke(null, [.. make.GetParameters().Select(_ => "20235")])!;
            key.Split('-')[0].ShouldContain(letter => !char.IsAsciiHexDigit(letter), $"Keys.{make.Name} begins with '{key}'.");
        }
    }

    private static IEnumerable<PropertyInfo> Stored(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite);

    private static bool IsMissing(object? value) => value is null || value.Equals(null)
        || (value is IStructuralEquatable && value.GetType().GetProperty("IsDefault")?.GetValue(value) is true);

    /// <summary>A type and what it is made of: elements of collections, results of tasks.</summary>
    private static IEnumerable<Type> Parts(Type type) => type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts) : [type];

    private static bool IsValueOfTheFramework(Type type) =>
        type == typeof(string) || type == typeof(Task) || type == typeof(DateOnly) || type == typeof(TimeOnly) || type == typeof(TimeSpan)
        || type == typeof(DateTimeOffset) || type == typeof(Guid) || type == typeof(CancellationToken);
}
