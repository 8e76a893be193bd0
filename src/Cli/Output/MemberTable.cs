using System.Globalization;
using Spectre.Console;
using TopicGrpc.Client.Cluster;

namespace TopicGrpc.Cli.Output;

/// <summary>Members as a human-readable table.</summary>
internal static class MemberTable
{
    public static Table Of(IReadOnlyList<MemberInfo> members)
    {
        Table table = new();
        table.AddColumns("member", "state", "role", "address", "version", "started", "last seen");
        foreach (MemberInfo member in members)
        {
            table.AddRow(
                Markup.Escape(member.Name),
                member.State.ToString().ToLowerInvariant(),
                member.Role.ToString().ToLowerInvariant(),
                Markup.Escape(member.Address),
                Markup.Escape(member.ServerVersion),
                Time(member.Started),
                Time(member.Heartbeat));
        }

        return table;
    }

    private static string Time(DateTimeOffset? time) => time?.ToString("u", CultureInfo.InvariantCulture) ?? "";
}
