namespace Cme.Storage.Connections;

/// <summary>
/// On whose behalf something is read. PostgreSQL holds every read of this flow of control to it by row-level security, so that a filter
/// forgotten in a query shows nothing rather than everything.
/// </summary>
/// <param name="Authority">The reader's authority.</param>
/// <param name="School">The URN of the reader's school; null for a reader of the whole authority.</param>
/// <param name="Person">Who reads, as recorded: what is open to named people only is open by this.</param>
/// <param name="Layers">The highest layer that the reader reads of any record (FACTS D3).</param>
public sealed record Reader(string Authority, string? School, string Person, int Layers)
{
    private static readonly AsyncLocal<Reader?> Ambient = new();

    /// <summary>The role that reads: <c>cme_web</c>, or <c>cme_audit</c> for the pages of auditors.</summary>
    public string Role { get; private init; } = "cme_web";

    /// <summary>Who is reading here, or null for the product itself.</summary>
    /// <remarks>It follows the code through awaits, and into no grain: a call becomes a task only on a bare thread, on both runtimes.</remarks>
    public static Reader? Current => Ambient.Value;

    /// <summary>From here to the end of the block, reads are on this reader's behalf.</summary>
    public Block Begin() => Block.Of(this);

    /// <summary>
    /// From here to the end of the block the product reads on its own behalf. Say beside each use why the reader's own scope will not do.
    /// </summary>
    public static Block AsTheProduct() => Block.Of(null);

    /// <summary>The same reader among what only auditors read: the log of who read what.</summary>
    public Reader AsAuditor() => this with { Role = "cme_audit" };

    /// <summary>Puts back whoever was reading before.</summary>
    public readonly struct Block : IDisposable
    {
        private readonly Reader? _before;

        private Block(Reader? before) => _before = before;

        internal static Block Of(Reader? reader)
        {
            var block = new Block(Ambient.Value);
            Ambient.Value = reader;
            return block;
        }

        /// <inheritdoc/>
        public void Dispose() => Ambient.Value = _before;
    }
}
