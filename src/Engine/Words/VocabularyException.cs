namespace TopicGrpc.Engine.Words;

/// <summary>The word settings leave no term for the vocabulary of the topics.</summary>
public sealed class VocabularyException : ArgumentException
{
    internal VocabularyException(string message, string setting)
        : base(message, setting)
    {
    }
}
