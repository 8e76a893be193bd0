using System.CommandLine;
using System.Text.Json;
using TopicGrpc.Embedding;
using TopicGrpc.Onnx;

Argument<FileInfo> documents = new("DOCUMENTS") { Description = "JSON Lines file with a field \"text\"; .gz is supported." };
Option<int> limit = new("--limit")
{
    Description = "Number of documents to embed, evenly spaced in the file.",
    DefaultValueFactory = static _ => 2000,
};
Option<EmbedderPrecision> precision = new("--precision") { Description = "Precision, full or fast." };
Option<int> threads = new("--threads") { Description = "Number of threads.", DefaultValueFactory = static _ => Environment.ProcessorCount };
RootCommand command = new("Documents per second through src/Onnx and through a bare ONNX Runtime loop over the same token ids, in turns.")
{
    documents, limit, precision, threads,
};
command.SetAction(result =>
{
    string[] texts = DocumentFile.ReadTexts(result.GetRequiredValue(documents), result.GetValue(limit));
    ThroughputReport report = ThroughputRun.Measure(texts, result.GetValue(precision), result.GetValue(threads));
    Console.WriteLine(JsonSerializer.Serialize(report, ReportContext.Default.ThroughputReport));
});
return command.Parse(args).Invoke();
