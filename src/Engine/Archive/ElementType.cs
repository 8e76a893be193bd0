namespace TopicGrpc.Engine.Archive;

/// <summary>Type of the values of an archived array. The numbers are part of the format.</summary>
internal enum ElementType
{
    /// <summary>IEEE 754 single precision.</summary>
    Single = 1,

    /// <summary>IEEE 754 double precision.</summary>
    Double = 2,

    /// <summary>Signed 32-bit integers.</summary>
    Int32 = 3,

    /// <summary>Strings: for each, its length in bytes (32 bits) and its UTF-8 bytes.</summary>
    String = 4,

    /// <summary>Signed bytes.</summary>
    SByte = 5,
}
