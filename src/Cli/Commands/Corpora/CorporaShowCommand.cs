using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Corpora;

namespace TopicGrpc.Cli.Commands.Corpora;

/// <summary><c>corpora show</c>: shows one corpus.</summary>
internal static class CorporaShowCommand
{
    public static Command Create(CliContext context)
    {
        CorpusArgument corpus = new();
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("show", "Shows one corpus: documents, size, and whether stored documents are damaged.");
        corpus.AddTo(command);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            await using ServerConnection connection = server.Connect(parsed);
            CorpusInfo info = await connection.CallAsync(client => client.Corpora.GetAsync(corpus.Read(parsed), token));
            CorpusTable.WriteWithQuarantine(json.Context(parsed).Terminal, [info]);
            await json.WriteAsync(parsed, info);
            return ExitCodes.Ok;
        });
        return command;
    }
}
