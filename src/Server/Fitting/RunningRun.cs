namespace TopicGrpc.Server.Fitting;

/// <summary>What the texts of a <see cref="RunningTexts"/> belong to.</summary>
/// <param name="Id">Random id of the run.</param>
/// <param name="CorpusId">Corpus of the documents.</param>
/// <param name="EncoderSha256">SHA-256 of the encoder.</param>
/// <param name="IsAlone">Whether the texts run one after another, so that a text that ends the process is known.</param>
internal sealed record RunningRun(UInt128 Id, string CorpusId, string EncoderSha256, bool IsAlone)
{
    private const string Alone = "alone";
    private const string Together = "together";

    /// <summary>Returns the first record of the file.</summary>
    public RunningRecord ToRecord() => new(Id, $"{CorpusId} {EncoderSha256} {(IsAlone ? Alone : Together)}");

    /// <summary>Reads the first record of a file.</summary>
    /// <returns>Null for another record.</returns>
    public static RunningRun? Parse(RunningRecord record) => record.Value.Split(' ') is [{ } corpus, { } encoder, Alone or Together] parts
        ? new RunningRun(record.Key, corpus, encoder, parts[^1] == Alone)
        : null;
}
