namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>Why an automatic fit chose its size of the smallest cluster.</summary>
internal enum ResolutionReason
{
    /// <summary>The size was given.</summary>
    Given,

    /// <summary>The layouts agree most at this size.</summary>
    Agreement,

    /// <summary>The layouts agree as well at the size by the number of documents.</summary>
    Flat,

    /// <summary>The layouts agree little at every size; the size by the number of documents.</summary>
    Low,

    /// <summary>No size is eligible; the size with the most topics.</summary>
    MostTopics,

    /// <summary>No size is eligible and none gives more topics; the size by the number of documents.</summary>
    None,

    /// <summary>A coarser peak was asked for.</summary>
    Coarser,

    /// <summary>A finer peak was asked for.</summary>
    Finer,

    /// <summary>A coarser or finer peak was asked for, and there is none.</summary>
    NoOtherPeak,
}
