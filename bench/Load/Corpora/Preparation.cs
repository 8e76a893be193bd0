using TopicGrpc.Client;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Settings;
using TopicGrpc.Load.Hosting;

namespace TopicGrpc.Load.Corpora;

/// <summary>
/// Preparation of a data folder: a model of all documents, and a model of a thousand documents with three versions, between
/// which a label moves.
/// </summary>
internal sealed class Preparation(CorpusSource source, int count)
{
    /// <summary>Id of the corpus and model of all documents.</summary>
    public const string All = "posts";

    /// <summary>Id of the corpus and model of some documents, with versions 1 to 3.</summary>
    public const string Some = "some";

    private const int SomeDocuments = 1000;

    public async Task RunAsync(string folder, string precision, CancellationToken cancellationToken)
    {
        await using ServerChild server = await ServerChild.StartAsync(
            new ServerArguments(folder, precision, KeepLoaded: 4), cancellationToken);
        using TopicGrpcClient client = new(server.Address);
        IReadOnlyList<Engine.Documents.Document> documents = source.ReadDocuments(count);
        await FillAsync(server, client, All, documents, cancellationToken);
        await FillAsync(server, client, Some, [.. documents.Take(SomeDocuments)], cancellationToken);
        await client.FitAsync(
            new FitRequest(All, All) { Labels = ["stable"], Settings = Settings(documents.Count) }, cancellationToken: cancellationToken);
        await client.FitAsync(
            new FitRequest(Some, Some) { Labels = ["stable"], Settings = new FitSettings { MinTopicSize = 10 } },
            cancellationToken: cancellationToken);
        for (int size = 15; size <= 20; size += 5)
        {
            await client.FitAsync(
                new FitRequest(Some, Some) { Settings = new FitSettings { MinTopicSize = size } }, cancellationToken: cancellationToken);
        }
    }

    /// <summary>Returns settings that avoid a giant cluster and fit the number of documents.</summary>
    public static FitSettings Settings(int documents) => new()
    {
        MinTopicSize = documents > 10_000 ? 30 : 10,
        Umap = new UmapSettings { MinDistance = 0, ComponentCount = 10 },
    };

    private async Task FillAsync(
        ServerChild server,
        TopicGrpcClient client,
        string corpus,
        IReadOnlyList<Engine.Documents.Document> documents,
        CancellationToken cancellationToken)
    {
        await client.Corpora.CreateAsync(corpus, cancellationToken: cancellationToken);
        await client.Corpora.IngestAsync(
            corpus,
            documents.Select(static document => new TopicDocument(document.Id, document.Text)).ToAsyncEnumerable(),
            cancellationToken: cancellationToken);
        if (source.Embeddings is not null)
        {
            await server.KeepEmbeddingsAsync(corpus, source, documents.Count, cancellationToken);
        }
    }
}
