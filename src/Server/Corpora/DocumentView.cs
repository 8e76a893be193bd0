namespace TopicGrpc.Server.Corpora;

/// <summary>What a reader of a document file sees: the durable records of one file, without erased documents. Immutable.</summary>
/// <param name="FileId">Id of the document file; empty before it was opened.</param>
/// <param name="Length">End of the durable records.</param>
/// <param name="Erased">Places of the erased documents, in the order of arrival from 0.</param>
internal sealed record DocumentView(string FileId, long Length, IReadOnlySet<int> Erased)
{
    public static DocumentView None { get; } = new(string.Empty, 0, new HashSet<int>());
}
