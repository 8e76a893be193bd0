using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Models;

namespace TopicGrpc.Server.Predicting;

/// <summary>Everything that an answer depends on.</summary>
/// <param name="Version">The loaded version.</param>
/// <param name="Content">Its content, which an erasure of documents replaces.</param>
/// <param name="Text">First half of the SHA-256 of the text.</param>
/// <param name="Method">How the topic is found.</param>
/// <param name="AllTopics">Whether the answer contains the probabilities of all topics.</param>
/// <param name="AsNewText">Whether the documents of the version are ignored.</param>
internal readonly record struct AnswerKey(
    VersionHandle Version, TopicModel Content, UInt128 Text, PredictionMethod Method, bool AllTopics, bool AsNewText)
{
    public static AnswerKey Of(VersionHandle version, Question question)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(question.Text));
        return new AnswerKey(
            version,
            version.Content,
            MemoryMarshal.Read<UInt128>(hash),
            question.Method,
            question.AllTopics,
            question.AsNewText);
    }
}
