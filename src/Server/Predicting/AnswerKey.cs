using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using TopicGrpc.Server.Models;

namespace TopicGrpc.Server.Predicting;

/// <summary>What an answer depends on, besides nothing.</summary>
/// <param name="Version">The version as it is loaded.</param>
/// <param name="Text">Half of the SHA-256 of the text.</param>
/// <param name="ByCentroid">How the topic is found.</param>
/// <param name="AllTopics">Whether the probabilities of all topics are in the answer.</param>
internal readonly record struct AnswerKey(VersionHandle Version, UInt128 Text, bool ByCentroid, bool AllTopics)
{
    public static AnswerKey Of(VersionHandle version, string text, bool byCentroid, bool allTopics) =>
        new(version, MemoryMarshal.Read<UInt128>(SHA256.HashData(Encoding.UTF8.GetBytes(text))), byCentroid, allTopics);
}
