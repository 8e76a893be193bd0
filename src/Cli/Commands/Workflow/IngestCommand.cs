using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Input;
using TopicGrpc.Cli.Jobs;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Corpora;

namespace TopicGrpc.Cli.Commands.Workflow;

/// <summary><c>ingest</c>: streams documents into a corpus; the same command run again resumes after the last stored document.</summary>
internal static class IngestCommand
{
    public static Command Create(CliContext context)
    {
        InputOptions input = new();
        EncoderOption encoder = new();
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
        encoder.AddTo(command);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            CliContext own = json.Context(parsed);
            using InputSource source = input.Read(parsed);
            InputSurvey survey = await InputSurvey.ReadAsync(source, token);
            string name = parsed.GetValue(corpus) ?? survey.Identity.Corpus;
            await using ServerConnection connection = server.Connect(parsed);
            Ingestion ingestion = new(connection.Client, survey, name, encoder.Read(parsed));
            IngestResult result = await connection.CallAsync(_ => own.Terminal.TrackAsync(board => ingestion.RunAsync(board, token)));
            IngestLines.Write(own.Terminal, result, survey.Notes);
            await json.WriteAsync(parsed, new
            {
                result.Corpus,
                result.Documents,
                result.Accepted,
                result.Duplicates,
                result.Conflicts,
                result.Rejected,
                result.Reconnects,
                survey.Notes.OmittedAttributes,
                survey.Notes.SkippedFiles,
                survey.Notes.SkippedTexts,
                survey.Notes.CutTexts,
                Notes = survey.Notes.Lines(),
            });
            IngestLines.RequireNoRejection(result);
            return ExitCodes.Ok;
        });
        return command;
    }
}
