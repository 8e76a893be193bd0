using System.CommandLine;
using System.Text.Json;
using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Engine.Words;
using TopicGrpc.Parity.Inputs;
using TopicGrpc.Stages;
using TopicGrpc.Stages.Growth;
using TopicGrpc.Stages.Sampling;

Argument<FileInfo> embeddings = new("EMBEDDINGS") { Description = "Vectors, one per row (.npy); scaled to unit length." };
Argument<FileInfo?> documents = new("DOCUMENTS")
{
    Description = "JSON Lines file with a field \"text\", in the order of the vectors; .gz is supported. "
        + "Without it, only the stages on vectors are measured.",
    Arity = ArgumentArity.ZeroOrOne,
};
Option<int> minClusterSize = new("--min-cluster-size")
{
    Description = "Minimum number of documents per cluster.",
    DefaultValueFactory = static _ => 30,
};
Option<int> components = new("--components") { Description = "Dimensions of the layout.", DefaultValueFactory = static _ => 10 };
Option<double> minDistance = new("--min-dist") { Description = "Minimum distance in the layout.", DefaultValueFactory = static _ => 0.0 };
Option<int> topics = new("--nr-topics")
{
    Description = "Number of topics after reduction; 0 for no reduction.",
    DefaultValueFactory = static _ => 40,
};
Option<bool> probabilities = new("--probabilities") { Description = "Compute the probabilities of all topics." };
Option<int> predictions = new("--predict")
{
    Description = "Number of documents to predict one by one.",
    DefaultValueFactory = static _ => 200,
};
Option<int> threads = new("--threads") { Description = "Number of threads.", DefaultValueFactory = static _ => 2 };
Option<int> repeat = new("--repeat")
{
    Description = "Number of fits; the best time of each stage is reported.",
    DefaultValueFactory = static _ => 3,
};
Option<int> synthetic = new("--synthetic")
{
    Description = "Number of synthetic vectors to fit, mixed from the given vectors with a fixed seed; "
        + "0 to fit the given vectors. Does not use documents.",
};
Option<bool> operations = new("--operations")
{
    Description = "Measure the operations on the fitted model, and the creation of a version from each result, instead of the stages.",
};
Option<string> only = new("--only")
{
    Description = "Prefix of the names of the operations to measure.",
    DefaultValueFactory = static _ => "",
};
Option<NeighborMethod> method = new("--neighbors")
{
    Description = "Neighbor search method; only without documents.",
    DefaultValueFactory = static _ => NeighborMethod.Automatic,
};
Option<int> sample = new("--sample")
{
    Description = "Compare a fit on a sample of this size with a fit of all vectors, instead of measuring the stages. "
        + "Does not use documents. Default 0: no.",
};
RootCommand command = new("Times of the stages after embedding, of a whole fit and of one assignment.")
{
    embeddings,
    documents,
    minClusterSize,
    components,
    minDistance,
    topics,
    probabilities,
    predictions,
    threads,
    repeat,
    synthetic,
    method,
    operations,
    only,
    sample,
    GrowthCommand.Create(),
    SampleCommand.Create(),
};
command.SetAction((result, cancellationToken) =>
{
    TopicModelOptions options = new()
    {
        Layout = new UmapOptions { ComponentCount = result.GetValue(components), MinDistance = result.GetValue(minDistance) },
        Clusters = new HdbscanOptions { MinClusterSize = result.GetValue(minClusterSize) },
        Words = new WordOptions
        {
            StopWords = StopWords.English,
            MinTopicFrequency = FrequencyLimit.Share(0.01),
            MaxTopicFrequency = FrequencyLimit.Share(0.95),
        },
        Reduction = result.GetValue(topics) > 0 ? TopicReduction.To(result.GetValue(topics)) : TopicReduction.None,
        CalculateProbabilities = result.GetValue(probabilities),
    };
    Matrix rows = EmbeddingFile.Read(result.GetRequiredValue(embeddings).FullName);
    Matrix queries = MixedRows.Queries(rows, result.GetValue(predictions));
    int repeats = result.GetValue(repeat);
    int threadCount = result.GetValue(threads);
    using MappedRows? mapped = result.GetValue(synthetic) is > 0 and int count ? new MappedRows(count, rows.Columns) : null;
    if (mapped is not null)
    {
        MixedRows.Fill(rows, mapped.Rows);
        rows = mapped.Rows;
    }

    if (result.GetValue(sample) is > 0 and int size)
    {
        Console.WriteLine(JsonSerializer.Serialize(
            new SampleRun(rows, planted: null, options, size, threadCount).Measure(cancellationToken), SampleContext.Default.SampleReport));
        return Task.FromResult(0);
    }

    if (result.GetValue(operations))
    {
        OperationRun run = new(rows, Documents(result.GetRequiredValue(documents)!), options, threadCount);
        Console.WriteLine(
            JsonSerializer.Serialize(
                run.Measure(repeats, result.GetValue(only) ?? "", cancellationToken), OperationContext.Default.OperationReport));
        return Task.FromResult(0);
    }

    StageReport report = result.GetValue(documents) is { } file && result.GetValue(synthetic) == 0
        ? new StageRun(rows, Documents(file), options, threadCount).Measure(repeats, queries, cancellationToken)
        : new VectorRun(rows, options, result.GetValue(method), threadCount).Measure(repeats, queries, cancellationToken);
    Console.WriteLine(JsonSerializer.Serialize(report, ReportContext.Default.StageReport));
    return Task.FromResult(0);
});
return await command.Parse(args).InvokeAsync();

static IReadOnlyList<Document> Documents(FileInfo file) =>
    [.. LabeledDocument.ReadAll(file.FullName).Select(static document => document.Document)];
