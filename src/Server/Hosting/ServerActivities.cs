using System.Diagnostics;

namespace TopicGrpc.Server.Hosting;

/// <summary>The source of all spans of the server beside those of calls. No span has a text.</summary>
internal static class ServerActivities
{
    public const string Name = "TopicGrpc.Server";

    /// <summary>The source.</summary>
    public static readonly ActivitySource Source = new(Name);
}
