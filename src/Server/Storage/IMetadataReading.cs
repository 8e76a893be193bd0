using System.Data.Common;

namespace TopicGrpc.Server.Storage;

/// <summary>The metadata for a reader beside the server, which changes nothing and delays no transaction.</summary>
internal interface IMetadataReading
{
    /// <summary>Name of the database in reports.</summary>
    string Name { get; }

    /// <summary>Opens a connection.</summary>
    /// <exception cref="DbException">The database is missing or unreachable.</exception>
    DbConnection Open();

    /// <summary>Reads all tables and reports what is damaged.</summary>
    /// <param name="connection">Connection of this reader.</param>
    /// <param name="report">Receives a sentence for each problem.</param>
    /// <returns>Whether the tables can be read.</returns>
    bool Check(DbConnection connection, Action<string> report);
}
