using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Corpora;

namespace TopicGrpc.Cli.Commands.Corpora;

/// <summary><c>corpora erasure</c>: shows the receipt of an erasure.</summary>
internal static class CorporaErasureCommand
{
    public static Command Create(CliContext context)
    {
        Argument<string> corpus = new("corpus") { Description = "Id of the corpus." };
        Argument<string> erasure = new("erasure") { Description = "Id of the erasure, as corpora erase prints it." };
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("erasure", "Shows the receipt of an erasure: what was found where, and when its bytes were removed.")
        {
            corpus, erasure,
        };
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            await using ServerConnection connection = server.Connect(parsed);
            ErasureInfo receipt = await connection.CallAsync(client => client.Corpora.GetErasureAsync(
                parsed.GetRequiredValue(corpus), parsed.GetRequiredValue(erasure), token));
            ErasureText.Write(json.Context(parsed).Terminal, receipt);
            await json.WriteAsync(parsed, receipt);
            return ExitCodes.Ok;
        });
        return command;
    }
}
