namespace TopicGrpc.Server.Corpora;

/// <summary>What a corpus records of the texts that were being embedded when the process ended.</summary>
/// <param name="LastRun">Id of the run that was counted last, so that no death counts twice; empty: none.</param>
/// <param name="Texts">Suspects and quarantined texts.</param>
internal sealed record CrashRecord(string LastRun, IReadOnlyList<CrashedText> Texts)
{
    /// <summary>The record of a corpus without crashes.</summary>
    public static CrashRecord Empty { get; } = new(string.Empty, []);
}
