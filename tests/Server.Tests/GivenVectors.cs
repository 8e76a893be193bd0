using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests;

/// <summary>Themed texts with embeddings that a client made by the fake encoder.</summary>
internal static class GivenVectors
{
    /// <summary>Numbers of an embedding.</summary>
    public const int Dimension = 32;

    /// <summary>Creates the corpus with a named encoder and fills it with texts and embeddings.</summary>
    public static async Task FillAsync(TestServer server, string corpus, int count, string encoder = "mine")
    {
        await server.Corpora.CreateCorpusAsync(
            new CreateCorpusRequest
            {
                CorpusId = corpus,
                Corpus = new Corpus { GivenEmbeddings = new GivenEmbeddings { Encoder = encoder } },
            },
            cancellationToken: TestContext.Current.CancellationToken);
        await using IngestCall call = await IngestCall.OpenAsync(server, corpus, "fill");
        await call.SendAsync(0, [.. Enumerable.Range(0, count).Select(Document)]);
        await call.CloseAsync(count);
    }

    /// <summary>Returns a document as <see cref="TestServer.FillCorpusAsync"/> makes it, with its embedding.</summary>
    public static Document Document(int index) => new()
    {
        Id = FormattableString.Invariant($"d{index:00000}"),
        Text = ThemedTexts.Text(index),
        Embedding = { Of(ThemedTexts.Text(index)) },
    };

    /// <summary>Returns the embedding of a text.</summary>
    public static float[] Of(string text)
    {
        using FakeEmbedder embedder = new();
        float[] vector = new float[Dimension];
        embedder.Embed(text, vector, CancellationToken.None);
        return vector;
    }
}
