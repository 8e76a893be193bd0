using System.CommandLine;
using System.Text.Json;
using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Words;
using TopicGrpc.Parity.Inputs;
using TopicGrpc.Stages;

Argument<FileInfo> embeddings = new("EMBEDDINGS") { Description = "Vectors, one a row (.npy); scaled to unit length." };
Argument<FileInfo> documents = new("DOCUMENTS") { Description = "JSON lines with a field \"text\", in the order of the vectors; may end in .gz." };
Option<int> minClusterSize = new("--min-cluster-size") { Description = "Fewest documents in a cluster.", DefaultValueFactory = static _ => 30 };
Option<int> components = new("--components") { Description = "Coordinates of the layout.", DefaultValueFactory = static _ => 10 };
Option<double> minDistance = new("--min-dist") { Description = "Closest spacing in the layout.", DefaultValueFactory = static _ => 0.0 };
Option<int> topics = new("--nr-topics") { Description = "Topics to reduce to; 0: no reduction.", DefaultValueFactory = static _ => 40 };
Option<bool> probabilities = new("--probabilities") { Description = "Keep the probabilities of all topics." };
Option<int> predictions = new("--predict") { Description = "Documents to assign one by one.", DefaultValueFactory = static _ => 200 };
Option<int> threads = new("--threads") { Description = "Threads.", DefaultValueFactory = static _ => 2 };
Option<int> repeat = new("--repeat") { Description = "Fits; the best time of each stage counts.", DefaultValueFactory = static _ => 3 };
RootCommand command = new("Times of the stages after embedding, of a whole fit and of one assignment.")
{
    embeddings, documents, minClusterSize, components, minDistance, topics, probabilities, predictions, threads, repeat,
};
command.SetAction((result, cancellationToken) =>
{
    TopicModelOptions options = new()
    {
        Layout = new UmapOptions { ComponentCount = result.GetValue(components), MinDistance = result.GetValue(minDistance) },
        Clusters = new HdbscanOptions { MinClusterSize = result.GetValue(minClusterSize) },
        Words = new WordOptions { StopWords = StopWords.English, MinTopicFrequency = FrequencyLimit.Share(0.01), MaxTopicFrequency = FrequencyLimit.Share(0.95) },
        Reduction = result.GetValue(topics) > 0 ? TopicReductionTarget.To(result.GetValue(topics)) : TopicReductionTarget.None,
        CalculateProbabilities = result.GetValue(probabilities),
    };
    StageRun run = new(
        EmbeddingFile.Read(result.GetRequiredValue(embeddings).FullName),
        [.. LabeledDocument.ReadAll(result.GetRequiredValue(documents).FullName).Select(document => document.Document)],
        options,
        result.GetValue(threads));
    StageReport report = run.Measure(result.GetValue(repeat), result.GetValue(predictions), cancellationToken);
    Console.WriteLine(JsonSerializer.Serialize(report, ReportContext.Default.StageReport));
    return Task.FromResult(0);
});
return await command.Parse(args).InvokeAsync();
