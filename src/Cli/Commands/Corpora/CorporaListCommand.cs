using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Servers;

namespace TopicGrpc.Cli.Commands.Corpora;

/// <summary><c>corpora list</c>: lists the corpora of a server, their damage, and folders that belong to none.</summary>
internal static class CorporaListCommand
{
    public static Command Create(CliContext context)
    {
        Command command = new("list", "Lists corpora: documents, size, and whether stored documents are damaged.");
        AddTo(command, context);
        return command;
    }

    /// <summary>Makes a command list the corpora, or show the one of its argument with the texts that fits leave out.</summary>
    public static void AddTo(Command command, CliContext context, Argument<string?>? corpus = null)
    {
        ServerOption server = new(context);
        JsonOption json = new(context);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            await using ServerConnection connection = server.Connect(parsed);
            List<CorpusInfo> corpora = await connection.CallAsync<List<CorpusInfo>>(
                async client => corpus is not null && parsed.GetValue(corpus) is { } id
                    ? [await client.Corpora.GetAsync(id, token)]
                    : await client.Corpora.ListAsync(token).ToListAsync(token));
            ServerInfo info = await connection.CallAsync(client => client.Server.GetInfoAsync(token));
            Terminal terminal = json.Context(parsed).Terminal;
            CorpusTable.WriteWithQuarantine(terminal, corpora);
            foreach (string warning in info.StorageWarnings)
            {
                terminal.Line("warning: " + warning);
            }

            await json.WriteAsync(parsed, corpora);
            return ExitCodes.Ok;
        });
    }
}
