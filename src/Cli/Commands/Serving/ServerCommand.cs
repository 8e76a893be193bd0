using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Servers;

namespace TopicGrpc.Cli.Commands.Serving;

/// <summary><c>server</c>: shows version, encoder and limits of a server.</summary>
internal static class ServerCommand
{
    public static Command Create(CliContext context) => SingleCall.Complete(
        context,
        new Command("server", "Shows version, uptime, encoder and limits of a server."),
        static (client, _, token) => client.Server.GetInfoAsync(token),
        static (terminal, info) => terminal.Write(TableOf(info)));

    private static Table TableOf(ServerInfo info)
    {
        Table table = new();
        table.AddColumns("property", "value");
        table.AddRow("version", Markup.Escape(info.Version));
        table.AddRow("uptime", info.Uptime.ToString(@"d\.hh\:mm\:ss", CultureInfo.InvariantCulture));
        foreach (EncoderInfo encoder in info.Encoders)
        {
            string text = string.Create(CultureInfo.InvariantCulture, $"{encoder.Id}, {encoder.Dimension} dimensions, {encoder.Precision}");
            table.AddRow("encoder", Markup.Escape(text));
        }

        table.AddRow("message bytes", Number(info.Limits.MaxMessageBytes));
        table.AddRow("text bytes", Number(info.Limits.MaxTextBytes));
        table.AddRow("tokens per text", Number(info.Limits.MaxTokens));
        table.AddRow("texts per batch", Number(info.Limits.MaxBatchTexts));
        table.AddRow("texts in the queue", Number(info.Limits.MaxQueue));
        table.AddRow("documents per chunk", Number(info.Limits.MaxChunkDocuments));
        table.AddRow("fits in the queue", Number(info.Limits.MaxQueuedFits));
        return table;
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
