namespace TopicGrpc.Engine.Words;

/// <summary>The word settings leave no term for the vocabulary of the topics.</summary>
public sealed class VocabularyException : ArgumentException
{
    internal VocabularyException(string message, string setting)
        : base(message, setting)
    {
        Message = message;
    }

    /// <summary>Cause and remedy, without the name of the .NET parameter that <see cref="ArgumentException"/> appends.</summary>
    public override string Message { get; }
}
