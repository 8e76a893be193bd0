namespace TopicGrpc.Client.Maintenance;

/// <summary>Paths of a backup come from a server or a file, and become paths on this machine.</summary>
internal static class BackupPaths
{
    private const int MaxLength = 1024;

    /// <summary>Whether a path consists of plain names with <c>/</c> in between, so that it cannot leave its folder.</summary>
    public static bool IsValid(string path) =>
        path.Length is > 0 and <= MaxLength
        && path.Split('/').All(static name => name.Length > 0 && name is not ("." or "..") && name.All(IsPlain));

    private static bool IsPlain(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.';
}
