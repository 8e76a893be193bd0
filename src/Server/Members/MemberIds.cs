using System.Security.Cryptography;
using System.Text;

namespace TopicGrpc.Server.Members;

/// <summary>Default ids of members: lower-case letters, digits, <c>.</c> and <c>-</c>, at most 100 bytes.</summary>
internal static class MemberIds
{
    private const int MachineLength = 80;
    private const int HashBytes = 4;

    /// <summary>Returns the name of this machine in the form of an id.</summary>
    public static string OfMachine() => Of(Environment.MachineName);

    /// <summary>Returns the id of the member with a data folder on this machine.</summary>
    /// <param name="folder">Full path of the data folder, which distinguishes the members of one machine.</param>
    public static string OfFolder(string folder) =>
        $"{OfMachine()}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)).AsSpan(0, HashBytes))}";

    /// <summary>Returns a name in the form of an id.</summary>
    internal static string Of(string machine)
    {
        string id = string.Concat(machine.ToLowerInvariant().Select(
            static letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' ? letter : '-')).Trim('-', '.');
        id = id.Length > MachineLength ? id[..MachineLength].TrimEnd('-', '.') : id;
        return id.Length > 0 ? id : "member";
    }
}
