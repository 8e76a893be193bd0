using System.CommandLine;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Cli.Commands.Exports;

/// <summary><c>export documents</c>: writes the training documents of a version, or those of another corpus, with their topics.</summary>
internal static class ExportDocumentsCommand
{
    public static Command Create(CliContext context)
    {
        Option<int?> topic = new("--topic")
        {
            CustomParser = static result => NumberParsing.Whole<int>(result),
            Description = "Number of the topic whose documents to write, -1 for the outliers. Default: all documents.",
        };
        AssignedCorpusOption corpus = new();
        Option<bool> withoutContent = new("--no-content")
        {
            Description = "Leave out texts, times and attributes; works without the corpus. Default: write them, but not with --corpus.",
        };
        Option<bool> positions = new("--positions")
        {
            Description = "Add the columns x and y, the position on the map, which the server computes once per version. Default: without.",
        };
        Option<bool> embeddings = new("--embeddings") { Description = "Add the column embedding. Default: without." };
        return VersionExportCommand.Create(
            context,
            "documents",
            "Writes the documents with topic, probability, time and attributes, one per row.",
            (export, parsed, file, token) => export.DocumentsAsync(
                new ListDocumentsOptions
                {
                    TopicId = parsed.GetValue(topic),
                    Corpus = corpus.Read(parsed),
                    IncludeContent = corpus.Read(parsed) is null && !parsed.GetValue(withoutContent),
                    IncludePosition = parsed.GetValue(positions),
                    IncludeEmbedding = parsed.GetValue(embeddings),
                },
                file,
                token),
            command =>
            {
                command.Add(topic);
                corpus.AddTo(command);
                command.Add(withoutContent);
                command.Add(positions);
                command.Add(embeddings);
            });
    }
}
