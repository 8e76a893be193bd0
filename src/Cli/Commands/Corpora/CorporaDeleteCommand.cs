using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;

namespace TopicGrpc.Cli.Commands.Corpora;

/// <summary><c>corpora delete</c>: deletes a corpus permanently.</summary>
internal static class CorporaDeleteCommand
{
    public static Command Create(CliContext context)
    {
        CorpusArgument corpus = new();
        Option<bool> allowMissing = new("--allow-missing") { Description = "Succeed if the corpus does not exist." };
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("delete", "Deletes a corpus with its documents permanently. Models fitted on it remain usable.");
        corpus.AddTo(command);
        command.Add(allowMissing);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            string id = corpus.Read(parsed);
            await using ServerConnection connection = server.Connect(parsed);
            await connection.CallAsync(async client =>
            {
                await client.Corpora.DeleteAsync(id, parsed.GetValue(allowMissing), token);
                return id;
            });
            json.Context(parsed).Terminal.Line($"corpus {id} deleted");
            await json.WriteAsync(parsed, new { Deleted = id });
            return ExitCodes.Ok;
        });
        return command;
    }
}
