using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rapida.Vault.Migrations
{
    /// <inheritdoc />
    public partial class CredentialStatus : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "status",
                table: "credentials",
                type: "character varying(16)",
                maxLength: 16,
                nullable: false,
                defaultValue: "unverified");

            migrationBuilder.AddColumn<string>(
                name: "status_detail",
                table: "credentials",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "status_reason",
                table: "credentials",
                type: "character varying(50)",
                maxLength: 50,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "verified_at",
                table: "credentials",
                type: "timestamp with time zone",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "status",
                table: "credentials");

            migrationBuilder.DropColumn(
                name: "status_detail",
                table: "credentials");

            migrationBuilder.DropColumn(
                name: "status_reason",
                table: "credentials");

            migrationBuilder.DropColumn(
                name: "verified_at",
                table: "credentials");
        }
    }
}
