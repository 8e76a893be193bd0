using System.CommandLine;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Parity.Inputs;

namespace TopicGrpc.Settings.Foreign;

/// <summary>Command <c>novelty</c>: how well the novelty of a version separates held-out texts from foreign ones.</summary>
internal static class NoveltyCommand
{
    public static Command Create()
    {
        Argument<FileInfo> embeddings = new("EMBEDDINGS") { Description = "Vectors, one per row (.npy); scaled to unit length." };
        Argument<FileInfo> documents = new("DOCUMENTS") { Description = "JSON Lines file with \"text\" and \"label\"; .gz is supported." };
        Option<string[]> classes = new("--foreign")
        {
            Description = "Prefixes of the classes that are left out of the fit and used as foreign texts.",
            DefaultValueFactory = static _ => [],
            AllowMultipleArgumentsPerToken = true,
        };
        Option<FileInfo?> others = new("--others") { Description = "Vectors of another corpus, used as further foreign texts." };
        Option<int> most = new("--documents")
        {
            Description = "Most documents of the fit; an eighth as many are held out.",
            DefaultValueFactory = static _ => 6000,
        };
        Option<int> threads = new("--threads") { Description = "Number of threads.", DefaultValueFactory = static _ => 2 };
        Command command = new(
            "novelty",
            "Fits a part of a corpus and predicts held-out and foreign texts. Prints AUROC, false positives and recall by threshold, by "
            + "density and by centroid.")
        {
            embeddings, documents, classes, others, most, threads,
        };
        command.SetAction((result, cancellationToken) =>
        {
            Matrix rows = EmbeddingFile.Read(result.GetRequiredValue(embeddings).FullName);
            LabeledDocument[] labeled = [.. LabeledDocument.ReadAll(result.GetRequiredValue(documents).FullName)];
            Matrix? further = result.GetValue(others) is { } file ? EmbeddingFile.Read(file.FullName) : null;
            string[] prefixes = result.GetRequiredValue(classes);
            if (prefixes.Length == 0 && further is null)
            {
                throw new ArgumentException("No foreign texts are given. Name classes with --foreign or vectors with --others.");
            }

            NoveltyRun run = new(rows, labeled, prefixes, further) { MostDocuments = result.GetValue(most) };
            run.Write(Console.Out, result.GetValue(threads), cancellationToken);
            return Task.FromResult(0);
        });
        return command;
    }
}
