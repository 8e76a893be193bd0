using System.Net;

namespace TopicGrpc.Client.Balancing;

/// <summary>Host and port of a server.</summary>
/// <param name="Host">Name or IP address; IPv6 without brackets.</param>
/// <param name="Port">Port.</param>
internal readonly record struct MemberEndpoint(string Host, int Port)
{
    public static MemberEndpoint Of(Uri address) => new(address.DnsSafeHost, address.Port);

    public static MemberEndpoint Of(DnsEndPoint address) => new(address.Host.Trim('[', ']'), address.Port);
}
