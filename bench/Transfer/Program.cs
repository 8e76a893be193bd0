using System.CommandLine;
using System.Text.Json;
using TopicGrpc.Parity.Inputs;
using TopicGrpc.Transfer;

Argument<FileInfo> embeddings = new("EMBEDDINGS") { Description = "Vectors, one per row (.npy); scaled to unit length." };
Argument<FileInfo> documents = new("DOCUMENTS")
{
    Description = "JSON Lines file with \"text\", \"split\" (train, test) and \"label\", in the order of the vectors; .gz is supported.",
};
Option<int> seeds = new("--seeds") { Description = "Number of fits, each with another seed.", DefaultValueFactory = static _ => 3 };
Option<int> minClusterSize = new("--min-cluster-size")
{
    Description = "Minimum number of documents per cluster.",
    DefaultValueFactory = static _ => 30,
};
Option<int> components = new("--components") { Description = "Dimensions of the layout.", DefaultValueFactory = static _ => 10 };
Option<double> minDistance = new("--min-dist") { Description = "Minimum distance in the layout.", DefaultValueFactory = static _ => 0.0 };
Option<int> maxClusterSize = new("--max-cluster-size")
{
    Description = "Maximum size of a cluster; 0 for no limit.",
    DefaultValueFactory = static _ => 0,
};
Option<int> threads = new("--threads") { Description = "Number of threads.", DefaultValueFactory = static _ => 2 };
RootCommand command = new("Fits on the training posts and assigns the test posts: how well topics carry over to new documents.")
{
    embeddings, documents, seeds, minClusterSize, components, minDistance, maxClusterSize, threads,
};
command.SetAction((result, cancellationToken) =>
{
    TransferRun run = new(
        EmbeddingFile.Read(result.GetRequiredValue(embeddings).FullName),
        LabeledDocument.ReadAll(result.GetRequiredValue(documents).FullName),
        result.GetValue(threads));
    for (int seed = 0; seed < result.GetValue(seeds); seed++)
    {
        TransferReport report = run.Measure(
            seed,
            result.GetValue(components),
            result.GetValue(minDistance),
            result.GetValue(minClusterSize),
            result.GetValue(maxClusterSize),
            cancellationToken);
        Console.WriteLine(JsonSerializer.Serialize(report, ReportContext.Default.TransferReport));
    }

    return Task.FromResult(0);
});
return await command.Parse(args).InvokeAsync();
