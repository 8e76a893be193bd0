using System.Globalization;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Corpora;

namespace TopicGrpc.Cli.Output;

/// <summary>The receipt of an erasure as human-readable lines.</summary>
internal static class ErasureText
{
    public static void Write(Terminal terminal, ErasureInfo receipt)
    {
        string state = receipt.State switch
        {
            ErasureState.Running => "hidden; the bytes are being removed",
            ErasureState.Succeeded => $"removed at {Time(receipt.Ended)}",
            _ => "unknown state",
        };
        terminal.Line(string.Create(
            CultureInfo.InvariantCulture, $"erasure {receipt.Name} of {receipt.Corpus}: {receipt.DocumentCount:N0} documents, {state}"));
        foreach (ErasureFinding finding in receipt.Findings)
        {
            string removed = finding.Removed is null ? "not removed yet" : $"removed at {Time(finding.Removed)}";
            terminal.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"  {finding.Resource}: {finding.DocumentCount:N0} documents ({finding.RepresentativeDocumentCount:N0} representative), "
                + $"{removed}"));
        }

        foreach (string path in receipt.Unexamined)
        {
            terminal.Line($"  not examined: {path}");
        }

        if (receipt.Error.Length > 0)
        {
            terminal.Line($"  last attempt: {receipt.Error}");
        }
    }

    private static string Time(DateTimeOffset? time) => time?.ToString("u", CultureInfo.InvariantCulture) ?? string.Empty;
}
