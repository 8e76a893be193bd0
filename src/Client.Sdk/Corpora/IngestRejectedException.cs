using TopicGrpc.Client.Errors;

namespace TopicGrpc.Client.Corpora;

/// <summary>
/// Documents were refused. All others are stored, except where a document fits into no message: that ends the upload,
/// and <see cref="IngestResult.Documents"/> says how far it came.
/// </summary>
public sealed class IngestRejectedException : TopicGrpcException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Text for people.</param>
    /// <param name="details">What the server said of the first refused document.</param>
    /// <param name="result">How the stream ended, with the refused documents.</param>
    public IngestRejectedException(string message, ErrorDetails details, IngestResult result)
        : base(message, details)
    {
        ArgumentNullException.ThrowIfNull(result);
        Result = result;
    }

    /// <summary>How the stream ended.</summary>
    public IngestResult Result { get; }

    /// <summary>Ids of the refused documents, in the order sent.</summary>
    public IReadOnlyList<string> DocumentIds => [.. Result.Rejections.Select(static rejection => rejection.DocumentId)];
}
