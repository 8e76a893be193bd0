namespace TopicGrpc.Parity;

/// <summary>Feeds one stage the reference's own input and measures how far its output is from the reference's.</summary>
internal abstract class StageCheck
{
    /// <summary>Stage name as printed.</summary>
    public abstract string Stage { get; }

    /// <summary>Files that the check reads; it is skipped by name when one is missing.</summary>
    public abstract IReadOnlyList<string> Files { get; }

    /// <summary>Runs the stage.</summary>
    /// <param name="golden">Recorded arrays.</param>
    /// <param name="documents">Texts of the corpus, in order; empty where the caller has none.</param>
    public abstract IEnumerable<Measure> Run(GoldenFolder golden, IReadOnlyList<string> documents);
}
