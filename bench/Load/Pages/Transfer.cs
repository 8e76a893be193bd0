namespace TopicGrpc.Load.Pages;

/// <summary>A file that the page loaded.</summary>
/// <param name="Path">Its path below the page, without query.</param>
/// <param name="Compressed">Bytes of the body as sent.</param>
/// <param name="Bytes">Bytes of the body.</param>
internal sealed record Transfer(string Path, long Compressed, long Bytes)
{
    /// <summary>Whether the file is code or style of this project, not of the framework.</summary>
    public bool IsOwnCode => Path.StartsWith("assets/", StringComparison.Ordinal);
}
