namespace TopicGrpc.Server.Fitting;

/// <summary>What is known of the texts that were being embedded when the last process ended.</summary>
/// <param name="CorpusId">Their corpus; empty: no text was being embedded.</param>
/// <param name="HasSuspects">Whether a text has run in all attempts that a fit may have: one further attempt runs it alone.</param>
/// <param name="HasQuarantined">Whether a text was quarantined now: the attempts of the fit count from zero.</param>
internal readonly record struct CrashVerdict(string CorpusId, bool HasSuspects, bool HasQuarantined)
{
    /// <summary>No text was being embedded.</summary>
    public static CrashVerdict None { get; } = new(string.Empty, HasSuspects: false, HasQuarantined: false);
}
