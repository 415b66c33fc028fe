using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime
{
    /// <summary>The runtime could not do what was asked.</summary>
    public class OrleansException : Exception
    {
        /// <summary>With no message of its own.</summary>
        public OrleansException() : base("Unexpected error.")
        {
        }

        /// <summary>With a message.</summary>
        public OrleansException(string message) : base(message)
        {
        }

        /// <summary>With a message and what caused it.</summary>
        public OrleansException(string message, Exception innerException) : base(message, innerException)
        {
        }
    }
}

namespace Orleans.Storage
{
    /// <summary>A stored row was not at the version that the writer had read. Nothing was written.</summary>
    [SuppressMessage("Design", "CA1032", Justification = "The constructors are Orleans' own.")]
    public class InconsistentStateException : Runtime.OrleansException
    {
        /// <summary>With no message of its own.</summary>
        public InconsistentStateException()
        {
        }

        /// <summary>With a message.</summary>
        public InconsistentStateException(string message) : base(message)
        {
        }

        /// <summary>With a message and what caused it.</summary>
        public InconsistentStateException(string message, Exception? innerException) : base(message, innerException!)
        {
        }

        /// <summary>With a message and both versions.</summary>
        public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag) : base(errorMsg) =>
            (StoredEtag, CurrentEtag) = (storedEtag, currentEtag);

        /// <summary>The version found in the store, if it is known.</summary>
        public string? StoredEtag { get; }

        /// <summary>The version that the writer had read.</summary>
        public string? CurrentEtag { get; }
    }
}
