using TopicGrpc.V1;

namespace TopicGrpc.Server.Corpora;

/// <summary>An erasure as stored in the database. It names documents by their place in the document file, never by id.</summary>
/// <param name="Corpus">Id of the corpus.</param>
/// <param name="RequestId">Id of the request that started it; may be empty.</param>
/// <param name="FileId">Id of the document file that the places refer to. Compaction writes a file with another id.</param>
/// <param name="Places">Places of the documents in the order of arrival, from 0, ascending; empty after the end.</param>
/// <param name="Receipt">The receipt.</param>
internal sealed record ErasureRow(string Corpus, string RequestId, string FileId, int[] Places, Erasure Receipt)
{
    /// <summary>Id of the erasure, the last part of its name.</summary>
    public string Id => Receipt.Name[(Receipt.Name.LastIndexOf('/') + 1)..];
}
