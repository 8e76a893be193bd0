using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Jobs;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Fits;

namespace TopicGrpc.Cli.Commands.Workflow;

/// <summary><c>assign</c>: gives the documents of a corpus topics of a version.</summary>
internal static class AssignCommand
{
    public static Command Create(CliContext context)
    {
        ModelArgument model = new();
        Option<string> corpus = new("--corpus") { Description = "Id of the corpus on the server.", Required = true };
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new(
            "assign",
            "Stores the topic of every document of a corpus by a version. Documents that have a topic of the version keep it, so the "
            + "command continues after an interruption and assigns new documents after an ingest. List the result with "
            + "topics documents --corpus.");
        model.AddTo(command);
        command.Add(corpus);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            await using ServerConnection connection = server.Connect(parsed);
            Terminal terminal = json.Context(parsed).Terminal;
            FitInfo ended = await connection.CallAsync(async client =>
            {
                FitHandle work = await client.Fits.AssignAsync(model.Read(parsed), parsed.GetRequiredValue(corpus), null, token);
                await terminal.TrackAsync(board => FitStages.WaitAsync(work, board, token));
                return await work.GetAsync(token);
            });
            terminal.Line(FormattableString.Invariant(
                $"{ended.DocumentCount:N0} documents of {ended.Corpus} have a topic of {ended.Model}@{ended.Version}"));
            await json.WriteAsync(parsed, ended);
            return ExitCodes.Ok;
        });
        return command;
    }
}
