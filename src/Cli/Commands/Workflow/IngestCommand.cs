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

/// <summary><c>ingest</c>: streams documents into a corpus; the same command again goes on where it broke off.</summary>
internal static class IngestCommand
{
    public static Command Create(CliContext context)
    {
        InputOptions input = new();
        ServerOption server = new(context);
        JsonOption json = new(context);
        Option<string?> corpus = new("--corpus") { Description = "Corpus that takes the documents; made when there is none. Default: the name of the input with a fingerprint." };
        Command command = new("ingest", "Streams documents into a corpus. After a failure, run it again: it goes on where it broke off.") { corpus };
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
            IngestResult result = await connection.CallAsync(_ => own.Terminal.TrackAsync(board => ingestion.RunAsync(total, board, token)));
            own.Terminal.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"corpus {result.Corpus}: {result.Documents:N0} documents, {result.Accepted:N0} new, {result.Duplicates:N0} known already"));
            if (ingestion.OmittedAttributes > 0)
            {
                own.Terminal.Line(string.Create(CultureInfo.InvariantCulture, $"{ingestion.OmittedAttributes:N0} fields are longer than an attribute may be and were left out"));
            }

            await json.WriteAsync(parsed, new { result.Corpus, result.Documents, result.Accepted, result.Duplicates, result.Reconnects, ingestion.OmittedAttributes });
            return ExitCodes.Ok;
        });
        return command;
    }
}
