namespace TopicGrpc.Server.Http;

/// <summary>Options of browsers' access; section <c>Http</c>.</summary>
public sealed class HttpOptions
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "Http";

    /// <summary>
    /// Origins whose pages may call the server: <c>https://topics.example.org</c>. Default empty: browsers let no page of another origin
    /// call it.
    /// </summary>
    public IReadOnlyList<string> CorsOrigins { get; set; } = [];
}
