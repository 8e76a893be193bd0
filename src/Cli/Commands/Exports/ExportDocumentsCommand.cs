using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Exports;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Cli.Commands.Exports;

/// <summary><c>export documents</c>: writes the training documents of a version, or those of another corpus, with their topics.</summary>
internal static class ExportDocumentsCommand
{
    public static Command Create(CliContext context)
    {
        ModelArgument model = new();
        ExportOptions target = new();
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
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("documents", "Writes the documents with topic, probability, time and attributes, one per row.");
        model.AddTo(command);
        target.AddTo(command);
        command.Add(topic);
        corpus.AddTo(command);
        command.Add(withoutContent);
        command.Add(positions);
        command.Add(embeddings);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            ExportTarget file = target.Read(parsed);
            ListDocumentsOptions parts = new()
            {
                TopicId = parsed.GetValue(topic),
                Corpus = corpus.Read(parsed),
                IncludeContent = corpus.Read(parsed) is null && !parsed.GetValue(withoutContent),
                IncludePosition = parsed.GetValue(positions),
                IncludeEmbedding = parsed.GetValue(embeddings),
            };
            await using ServerConnection connection = server.Connect(parsed);
            ExportResult result = await connection.CallAsync(async client =>
            {
                VersionExport export = await VersionExport.OpenAsync(client, json.Context(parsed).Terminal, model.Read(parsed), token);
                return await export.DocumentsAsync(parts, file, token);
            });
            await json.WriteAsync(parsed, result);
            return ExitCodes.Ok;
        });
        return command;
    }
}
