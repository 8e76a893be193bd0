namespace TopicGrpc.Cli.Input;

/// <summary>Reads documents one at a time in the order of the input; memory is bounded by the longest document.</summary>
internal interface IDocumentReader
{
    /// <exception cref="InputException">A record is invalid; the message contains file, line and fault.</exception>
    IAsyncEnumerable<InputDocument> ReadAsync(CancellationToken cancellationToken);
}
