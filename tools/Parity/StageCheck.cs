namespace TopicGrpc.Parity;

/// <summary>A parity check of one stage: runs it on recorded input and measures the difference to the recorded output.</summary>
internal abstract class StageCheck
{
    /// <summary>Stage name, as printed.</summary>
    public abstract string Stage { get; }

    /// <summary>Files that the check reads; if one is missing, the check is skipped.</summary>
    public abstract IReadOnlyList<string> Files { get; }

    /// <summary>Runs the stage and returns the measures.</summary>
    /// <param name="golden">Recorded arrays.</param>
    /// <param name="documents">Texts of the corpus in order; empty if not available.</param>
    public abstract IEnumerable<Measure> Run(GoldenFolder golden, IReadOnlyList<string> documents);
}
