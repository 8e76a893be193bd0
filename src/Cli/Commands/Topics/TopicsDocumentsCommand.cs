using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Reports;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Cli.Commands.Topics;

/// <summary><c>topics documents</c>: writes the assignments of the training documents or of a corpus.</summary>
internal static class TopicsDocumentsCommand
{
    public static Command Create(CliContext context)
    {
        ModelArgument model = new();
        Option<int?> topic = new("--topic")
        {
            CustomParser = static result => NumberParsing.Whole<int>(result),
            Description = "Number of the topic whose documents to write, -1 for the outliers. Default: all documents.",
        };
        AssignedCorpusOption corpus = new();
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new(
            "documents",
            "Writes id, topic and probability of the training documents, one document per line; with --json one object per line.");
        model.AddTo(command);
        command.Add(topic);
        corpus.AddTo(command);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            await using ServerConnection connection = server.Connect(parsed);
            return await connection.CallAsync(async client =>
            {
                ListDocumentsOptions options = new() { TopicId = parsed.GetValue(topic), Corpus = corpus.Read(parsed) };
                await foreach (DocumentTopic document in client.Topics.ListDocumentsAsync(model.Read(parsed), options, token))
                {
                    await context.Results.WriteLineAsync(
                        json.IsSet(parsed) ? JsonSerializer.Serialize(document, Json.Line) : Line(document));
                }

                return ExitCodes.Ok;
            });
        });
        return command;
    }

    private static string Line(DocumentTopic document) => string.Create(
        CultureInfo.InvariantCulture, $"{document.DocumentId}\t{document.TopicId}\t{document.Probability:0.000}");
}
