using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Servers;

namespace TopicGrpc.Cli.Commands.Serving;

/// <summary><c>whoami</c>: shows who calls and what the caller may do.</summary>
internal static class WhoAmICommand
{
    public static Command Create(CliContext context) => SingleCall.Complete(
        context,
        new Command("whoami", "Shows who calls, with which role, and the models and corpora that the caller sees."),
        static (client, _, token) => client.Server.GetCallerAsync(token),
        static (terminal, caller) => terminal.Write(TableOf(caller)));

    private static Table TableOf(CallerInfo caller)
    {
        Table table = new();
        table.AddColumns("property", "value");
        table.AddRow("caller", Markup.Escape(caller.Name));
        table.AddRow("role", caller.Role.ToString().ToLowerInvariant());
        table.AddRow("models", Markup.Escape(string.Join(", ", caller.ModelPatterns)));
        table.AddRow("corpora", Markup.Escape(string.Join(", ", caller.CorpusPatterns)));
        table.AddRow("valid until", caller.ValidUntil?.ToString("u", CultureInfo.InvariantCulture) ?? "revoked");
        return table;
    }
}
