using System.Diagnostics.CodeAnalysis;

namespace Orleans.Core
{
    /// <summary>One stored row of a grain.</summary>
    public interface IStorage
    {
        /// <summary>The stored version, or null if nothing is stored.</summary>
        string? Etag { get; }

        /// <summary>True once something is stored.</summary>
        bool RecordExists { get; }

        /// <summary>Deletes the row and resets the state. Throws as <see cref="WriteStateAsync()"/> does.</summary>
        Task ClearStateAsync();

        /// <summary>Stores the state durably.</summary>
        /// <exception cref="Storage.InconsistentStateException">Somebody else wrote since this activation read. Nothing was stored, and the activation ends.</exception>
        Task WriteStateAsync();

        /// <summary>Reads the row anew, forgetting what was changed in memory.</summary>
        Task ReadStateAsync();

        /// <summary><inheritdoc cref="ClearStateAsync()"/></summary>
        Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

        /// <summary><inheritdoc cref="WriteStateAsync()"/></summary>
        Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

        /// <summary><inheritdoc cref="ReadStateAsync()"/></summary>
        Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
    }

    /// <summary>One stored row of a grain, and its value.</summary>
    public interface IStorage<TState> : IStorage
    {
        /// <summary>The value in memory: as read, or as last set. Never null before the grain sets it.</summary>
        TState State { get; set; }
    }
}

namespace Orleans.Runtime
{
    /// <summary>One stored row of a grain, given to its constructor by <see cref="PersistentStateAttribute"/> and read before activation.</summary>
    public interface IPersistentState<TState> : Core.IStorage<TState>;

    /// <summary>Marks a constructor parameter as a stored row.</summary>
    [AttributeUsage(AttributeTargets.Parameter)]
    [SuppressMessage("Performance", "CA1813", Justification = "Orleans leaves it open to derive from.")]
    public class PersistentStateAttribute : Attribute
    {
        /// <summary>Marks a constructor parameter as a stored row.</summary>
        /// <param name="stateName">The row's name: one grain class only may use it, since rows are keyed by it and the grain's key.</param>
        /// <param name="storageName">The provider's name in Orleans. There is one store here, so it changes nothing.</param>
        public PersistentStateAttribute(string stateName, string? storageName = null)
        {
            ArgumentNullException.ThrowIfNull(stateName);
            (StateName, StorageName) = (stateName, storageName);
        }

        /// <summary>The row's name.</summary>
        public string StateName { get; }

        /// <summary>The provider's name.</summary>
        public string? StorageName { get; }
    }
}
