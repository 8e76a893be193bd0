using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace TopicGrpc.Client.Testing.Services;

/// <summary>Where a request falls among the shares of a traffic policy, by the rule that the contract states; so a test and a server split alike.</summary>
internal static class RoutingDraw
{
    private const int Whole = 10_000;

    /// <summary>Draws for a model.</summary>
    /// <param name="model">Id of the model.</param>
    /// <param name="routingKey">What the request carries; empty: its text or its embedding decides.</param>
    /// <param name="text">Its text, or its texts one behind the other.</param>
    /// <param name="embedding">What stands in place of a text.</param>
    /// <returns>0 to 9,999.</returns>
    public static int Of(string model, string routingKey, string text, IReadOnlyCollection<float> embedding)
    {
        using MemoryStream key = new();
        key.Write(Encoding.UTF8.GetBytes($"split\n{model}\n{(routingKey.Length > 0 ? routingKey : text)}"));
        if (routingKey.Length == 0)
        {
            key.Write(MemoryMarshal.AsBytes<float>(embedding.ToArray()));
        }

        return (int)(BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(key.ToArray())) % Whole);
    }
}
