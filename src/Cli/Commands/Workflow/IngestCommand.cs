using System.CommandLine;
using System.Globalization;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Input;
using TopicGrpc.Cli.Jobs;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Corpora;

namespace TopicGrpc.Cli.Commands.Workflow;

/// <summary><c>ingest</c>: streams documents into a corpus; the same command run again resumes after the last stored document.</summary>
internal static class IngestCommand
{
    public static Command Create(CliContext context)
    {
        InputOptions input = new();
        ServerOption server = new(context);
        JsonOption json = new(context);
        Option<string?> corpus = new("--corpus")
        {
            Description = "Corpus that receives the documents; created if missing. Default: the name of the input and a fingerprint.",
        };
        Command command = new(
            "ingest",
            "Streams documents into a corpus. After a failure, run the same command again: it resumes after the last stored document.")
        {
            corpus,
        };
        input.AddTo(command);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            CliContext own = json.Context(parsed);
            InputSource source = input.Read(parsed);
            string name = parsed.GetValue(corpus) ?? InputIdentity.Of(source).Corpus;
            await using ServerConnection connection = server.Connect(parsed);
            long total = await Ingestion.CountAsync(source, token);
            Ingestion ingestion = new(connection.Client, source, name);
            IngestResult result = await connection.CallAsync(_ =>
                own.Terminal.TrackAsync(board => ingestion.RunAsync(total, board, token)));
            own.Terminal.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"corpus {result.Corpus}: {result.Documents:N0} documents; sent {result.Accepted:N0} new, {result.Duplicates:N0} stored before"));
            if (ingestion.OmittedAttributes > 0)
            {
                own.Terminal.Line(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{ingestion.OmittedAttributes:N0} fields exceed the limits of attributes and were omitted"));
            }

            await json.WriteAsync(parsed, new
            {
                result.Corpus,
                result.Documents,
                result.Accepted,
                result.Duplicates,
                result.Reconnects,
                ingestion.OmittedAttributes,
            });
            return ExitCodes.Ok;
        });
        return command;
    }
}
