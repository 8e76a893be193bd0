using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Servers;

namespace TopicGrpc.Cli.Commands.Corpora;

/// <summary>
/// <c>corpora</c>: lists the corpora of a server, their damage, and folders that belong to none; or shows one corpus with the texts that
/// fits leave out.
/// </summary>
internal static class CorporaCommand
{
    public static Command Create(CliContext context)
    {
        ServerOption server = new(context);
        JsonOption json = new(context);
        Argument<string?> corpus = new("corpus")
        {
            Description = "Corpus to show, with the texts that fits leave out. Default: all corpora.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Command command = new("corpora", "Lists corpora: documents, size, and whether stored documents are damaged.") { corpus };
        server.AddTo(command);
        json.AddTo(command);
        command.Add(CorporaEraseCommand.Create(context));
        command.Add(CorporaErasureCommand.Create(context));
        command.Add(CorporaUpdateCommand.Create(context));
        command.SetAction(async (parsed, token) =>
        {
            await using ServerConnection connection = server.Connect(parsed);
            List<CorpusInfo> corpora = await connection.CallAsync<List<CorpusInfo>>(
                async client => parsed.GetValue(corpus) is { } id
                    ? [await client.Corpora.GetAsync(id, token)]
                    : await client.Corpora.ListAsync(token).ToListAsync(token));
            ServerInfo info = await connection.CallAsync(client => client.Server.GetInfoAsync(token));
            Terminal terminal = json.Context(parsed).Terminal;
            terminal.Write(CorpusTable.Of(corpora));
            foreach (QuarantinedText text in corpora.SelectMany(static item => item.QuarantinedTexts))
            {
                terminal.Line(CorpusTable.Line(text));
            }

            foreach (string warning in info.StorageWarnings)
            {
                terminal.Line("warning: " + warning);
            }

            await json.WriteAsync(parsed, corpora);
            return ExitCodes.Ok;
        });
        return command;
    }
}
