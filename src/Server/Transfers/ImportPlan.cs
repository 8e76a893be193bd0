namespace TopicGrpc.Server.Transfers;

/// <summary>A validated header of an import, before any file is received.</summary>
/// <param name="ModelId">Id of the model that gets the version.</param>
/// <param name="Files">The files, in the order in which the client sends them.</param>
/// <param name="Labels">Labels of the new version.</param>
/// <param name="RequestId">Id of the request; empty for none.</param>
/// <param name="EncoderSha256">Hash of the encoder weights that the caller requires; empty for none.</param>
internal sealed record ImportPlan(
    string ModelId,
    IReadOnlyList<TransferFile> Files,
    IReadOnlyCollection<string> Labels,
    string RequestId,
    string EncoderSha256)
{
    /// <summary>One hash of all files.</summary>
    public string Digest { get; } = TransferFile.Digest(Files);
}
