namespace TopicGrpc.Engine.Words;

/// <summary>No vocabulary can be made of the topics with these settings.</summary>
public sealed class VocabularyException : ArgumentException
{
    internal VocabularyException(string message, string setting)
        : base(message, setting)
    {
    }
}
