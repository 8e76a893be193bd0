using TopicGrpc.Client.Errors;

namespace TopicGrpc.Client.Corpora;

/// <summary>
/// Documents were rejected. All others are stored, unless a document exceeds the largest message: it ends the ingest,
/// and <see cref="IngestResult.Documents"/> counts the documents before it.
/// </summary>
public sealed class IngestRejectedException : TopicGrpcException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Human-readable message.</param>
    /// <param name="details">Reason for the first rejected document.</param>
    /// <param name="result">Result of the ingest, with the rejected documents.</param>
    public IngestRejectedException(string message, ErrorDetails details, IngestResult result)
        : base(message, details)
    {
        ArgumentNullException.ThrowIfNull(result);
        Result = result;
    }

    /// <summary>Result of the ingest.</summary>
    public IngestResult Result { get; }

    /// <summary>Ids of the rejected documents, in the order sent.</summary>
    public IReadOnlyList<string> DocumentIds => [.. Result.Rejections.Select(static rejection => rejection.DocumentId)];
}
