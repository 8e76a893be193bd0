using TopicGrpc.Engine.Documents;
using TopicGrpc.Server.Corpora;

namespace TopicGrpc.Server.Tests.Corpora;

/// <summary>Chunks of documents that break no limit.</summary>
internal static class IncomingChunks
{
    public static IncomingChunk Of(long offset, Document[] documents) => Of(offset, documents, static _ => []);

    public static IncomingChunk Of(long offset, Document[] documents, Func<Document, float[]> embedding)
    {
        // Smaller than the documents, so that the buffers grow.
        IncomingChunk chunk = new(offset, documents.Length, bytes: 1, numbers: 1);
        foreach (Document document in documents)
        {
            chunk.Add(document, embedding(document));
        }

        return chunk;
    }
}
