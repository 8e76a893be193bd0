namespace TopicGrpc.Server.Transfers;

/// <summary>What an import shall do, checked as far as that can be done before the files are there.</summary>
/// <param name="Model">Id of the model that gets the version.</param>
/// <param name="Files">The files, in the order in which they come.</param>
/// <param name="Labels">Labels for the version.</param>
/// <param name="RequestId">Id of the request; empty for none.</param>
/// <param name="EncoderSha256">Hash of the encoder's weights that the caller insists on; empty for none.</param>
internal sealed record ImportPlan(string Model, IReadOnlyList<TransferFile> Files, IReadOnlyCollection<string> Labels, string RequestId, string EncoderSha256)
{
    /// <summary>One hash of all files.</summary>
    public string Digest { get; } = TransferFile.Digest(Files);
}
