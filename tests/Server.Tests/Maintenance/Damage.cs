namespace TopicGrpc.Server.Tests.Maintenance;

/// <summary>Damages files as a failing disk does.</summary>
internal static class Damage
{
    /// <summary>Flips one bit in the last eighth of a file, behind every header.</summary>
    public static void Flip(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[bytes.Length - 1 - (bytes.Length / 8)] ^= 4;
        File.WriteAllBytes(path, bytes);
    }
}
